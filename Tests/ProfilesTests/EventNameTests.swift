import Profiles
import Testing

struct EventNameTests {
    @Test(arguments: [("SignUp", "signup"), ("Event Name", "EventName"), (" Charged ", "CHARGED"), ("Éa", "éA")])
    func `case and blanks do not tell names apart`(_ a: String, _ b: String) throws {
        #expect(EventName(a) == EventName(b))
        #expect(try #require(EventName(a)).hashValue == EventName(b)?.hashValue)
    }

    @Test func `blanks at the ends are not part of the name`() {
        #expect(EventName("  Added To Cart\n")?.text == "Added To Cart")
        #expect(EventName(" \t") == nil)
    }

    @Test(arguments: ["Notification Sent", "notification sent", "UTMVisited", "App Launched", "Web Page Viewed", "Stayed"])
    func `reserved names are known in any spelling`(_ name: String) {
        #expect(EventName(name)?.isReserved == true)
    }

    @Test func `other names are not reserved`() {
        #expect(EventName("Charged")?.isReserved == false)
        #expect(EventName("Channel Unsubscribed")?.isReserved == false)
    }
}
