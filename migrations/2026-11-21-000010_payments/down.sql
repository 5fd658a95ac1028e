DROP TABLE demo_debit;
DROP TABLE payment;
DROP TABLE bill;
DROP TABLE fee;
