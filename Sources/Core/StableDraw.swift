/// A fair draw that falls out the same for ever, on every machine: whoever is in a control group today is in it tomorrow.
/// Draws with different salts have nothing to do with each other. Not for secrets.
///
/// The bits are `mix(mix(FNV-1a of the salt's UTF-8) + mix(id × 0x9E3779B97F4A7C15))`, all in 64 bits that wrap around, where
/// `mix` is the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
package struct StableDraw: Hashable, Sendable {
    private let seed: UInt64

    /// - Parameter salt: what the draw is for, such as `campaign:17`.
    package init(salt: String) {
        seed = Self.mix(salt.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    }

    /// The parts of a thousand that everybody is in: property `bucket` of a profile.
    package static let bucket = StableDraw(salt: "bucket")

    package func bits(for profile: ProfileID) -> UInt64 {
        Self.mix(seed &+ Self.mix(UInt64(bitPattern: profile.rawValue) &* 0x9E37_79B9_7F4A_7C15))
    }

    /// A number from 0 to 999.
    package func bucket(of profile: ProfileID) -> Int { part(of: 1000, for: profile) }

    /// A number from 0 to `count` − 1.
    package func part(of count: Int, for profile: ProfileID) -> Int {
        Int(bits(for: profile).multipliedFullWidth(by: UInt64(count)).high)
    }

    /// Whether the profile is among the lowest `percent` of a hundred. A larger share holds the smaller one.
    package func holds(_ profile: ProfileID, percent: Int) -> Bool { part(of: 100, for: profile) < percent }

    private static func mix(_ number: UInt64) -> UInt64 {
        let first = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        let second = (first ^ (first >> 27)) &* 0x94D0_49BB_1331_11EB
        return second ^ (second >> 31)
    }
}
