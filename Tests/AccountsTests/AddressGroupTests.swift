import Accounts
import Testing

@Suite struct AddressGroupTests {
    @Test(arguments: [
        ("203.0.113.9", "203.0.113.9"), ("203.0.113.9:4711", "203.0.113.9"), ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8::1", "20010db800000000/64"), ("2001:DB8:0:0:9:8:7:6", "20010db800000000/64"),
        ("[2001:db8::1]:443", "20010db800000000/64"), ("[2001:db8::1]", "20010db800000000/64"),
        ("2001:db8:0:1::1", "20010db800000001/64"), ("fe80::1%eth0", "fe80000000000000/64"), ("::1", "0000000000000000/64"),
        ("unknown", "unknown"), ("", ""), ("203.0.113.900", "203.0.113.900"), ("[", "["), (":", ":"),
    ])
    func `addresses that one visitor can have count as one`(address: String, name: String) {
        #expect(AddressGroup.name(of: address) == name)
    }
}
