// swift-tools-version:6.2
import PackageDescription

// Measures audiences from inside, since what HTTP costs would hide them. The modules are those of the product, linked into a package of
// their own: `package` declarations can be reached only from the same package, and nothing but what audiences need is built.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "audience-benchmark",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        module("Core"), module("ZoneTime", ["Core"]), module("Storage", ["Core"]), module("Schema", ["Core", "Storage"]),
        module(
            "StorageSQLite",
            ["Storage", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Metrics", package: "swift-metrics")]),
        module("Profiles", ["Core", "Storage"]),
        module(
            "Audience",
            [
                "Core", "ZoneTime", "Storage", "Profiles", .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .executableTarget(
            name: "audience-bench", dependencies: ["Core", "ZoneTime", "Storage", "Schema", "StorageSQLite", "Profiles", "Audience"],
            swiftSettings: settings),
    ])
