import Core
import Testing

@Suite struct StableDrawTests {
    /// Worked out by another program from the description alone.
    @Test(
        arguments: [
            ("bucket", 1, 0x74E5_8513_85F0_6410, 456), ("bucket", 2, 0x7F0C_5EE2_D17C_C7AD, 496),
            ("bucket", 1_000_000, 0xF7DF_B09B_6BDD_3AC2, 968), ("campaign:1", 1, 0x6007_1901_F4D8_A419, 375),
            ("campaign:2", 1, 0x25D6_2C0B_FE17_850E, 147), ("", 1, 0x98C0_9BEC_00A1_AB79, 596), ("Ąžuolas", 7, 0x60E5_F59B_FF69_CB9A, 378),
        ] as [(String, Int64, UInt64, Int)])
    func `the draw is the same for ever`(salt: String, id: Int64, bits: UInt64, bucket: Int) {
        let draw = StableDraw(salt: salt)
        #expect(draw.bits(for: ProfileID(rawValue: id)) == bits)
        #expect(draw.bucket(of: ProfileID(rawValue: id)) == bucket)
    }

    /// Dense ids are what a database gives. Chi-square with 999 degrees of freedom: four standard deviations above the mean.
    @Test(arguments: ["bucket", "campaign:1", "campaign:2", "system"])
    func `dense ids fall into every bucket alike`(salt: String) {
        let (draw, people) = (StableDraw(salt: salt), 200_000)
        var counts = [Int](repeating: 0, count: 1000)
        for id in 1...people { counts[draw.bucket(of: ProfileID(rawValue: Int64(id)))] += 1 }
        let expected = Double(people) / 1000
        let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        #expect(chiSquare < 999 + 4 * (2.0 * 999).squareRoot())
        #expect(chiSquare > 999 - 4 * (2.0 * 999).squareRoot())
    }

    @Test func `draws with different salts have nothing to do with each other`() {
        let (first, second) = (StableDraw(salt: "campaign:1"), StableDraw(salt: "campaign:2"))
        let both = (1...200_000).count { id in
            let profile = ProfileID(rawValue: Int64(id))
            return first.holds(profile, percent: 10) && second.holds(profile, percent: 10)
        }
        #expect(abs(both - 2000) < 180)  // a hundredth, within four standard deviations
    }

    @Test func `a larger share holds the smaller one, up to none and all`() {
        let draw = StableDraw(salt: "x")
        for id in 1...2000 as ClosedRange<Int64> {
            let shares = [0, 1, 10, 50, 99, 100].map { draw.holds(ProfileID(rawValue: id), percent: $0) }
            #expect(!shares[0] && shares[5])
            #expect(shares == shares.sorted { !$0 && $1 })
        }
    }
}
