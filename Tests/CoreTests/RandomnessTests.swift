import Core
import Testing

@Suite struct RandomnessTests {
    @Test(arguments: [([], ""), ([0], "00"), ([1, 16, 171, 255], "0110abff")] as [([UInt8], String)])
    func `bytes have two lower-case digits`(bytes: [UInt8], text: String) {
        #expect(bytes.hexadecimal == text)
    }

    @Test func `a token is as long as asked and never the same`() {
        #expect(Randomness.system.token().count == 32)
        #expect(Randomness.system.token(bytes: 3).count == 6)
        #expect(Set((0..<1000).map { _ in Randomness.system.token() }).count == 1000)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 100]) func `any number of bytes can be had`(count: Int) {
        #expect(Randomness.system.bytes(count).count == count)
    }

    @Test(arguments: [(0, 0), (.max, 1 - 0x1p-53), (1 << 63, 0.5)] as [(UInt64, Double)])
    func `a fraction is below one`(bits: UInt64, fraction: Double) {
        #expect(Randomness { bits }.fraction() == fraction)
    }
}
