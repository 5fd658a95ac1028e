## service_selection

service_selection-title = Services to link
service_selection-lead = Select the services to be used in { $app }.
service_selection-column-scope = Service
service_selection-column-linked = Link
service_selection-column-standing = Contract
service_selection-linked = Linked
service_selection-standing-joined = Joined
service_selection-standing-applied = Applied for
service_selection-standing-none = -
service_selection-continue = Next
