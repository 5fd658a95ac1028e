DROP TABLE challenge;
