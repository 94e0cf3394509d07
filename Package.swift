// swift-tools-version:6.2
import Foundation
import PackageDescription

// Warnings of ours are errors in the tests, but not for somebody who only wants to run it with a newer compiler.
let isStrict = ProcessInfo.processInfo.environment["WHIMBREL_STRICT"] == "1"

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

/// Products of other packages, by the name they are imported under.
let outside: [String: Target.Dependency] = [
    "ArgumentParser": .product(name: "ArgumentParser", package: "swift-argument-parser"),
    "AsyncHTTPClient": .product(name: "AsyncHTTPClient", package: "async-http-client"),
    "Configuration": .product(name: "Configuration", package: "swift-configuration"),
    "Crypto": .product(name: "Crypto", package: "swift-crypto"),
    "CryptoExtras": .product(name: "CryptoExtras", package: "swift-crypto"),
    "GRDB": .product(name: "GRDB", package: "GRDB.swift"),
    "HTTPTypes": .product(name: "HTTPTypes", package: "swift-http-types"),
    "Hummingbird": .product(name: "Hummingbird", package: "hummingbird"),
    "HummingbirdTesting": .product(name: "HummingbirdTesting", package: "hummingbird"),
    "JWTKit": .product(name: "JWTKit", package: "jwt-kit"),
    "Logging": .product(name: "Logging", package: "swift-log"),
    "Metrics": .product(name: "Metrics", package: "swift-metrics"),
    "CoreMetrics": .product(name: "CoreMetrics", package: "swift-metrics"),
    "Mustache": .product(name: "Mustache", package: "swift-mustache"),
    "NIOCore": .product(name: "NIOCore", package: "swift-nio"),
    "NIOPosix": .product(name: "NIOPosix", package: "swift-nio"),
    "NIOHTTP1": .product(name: "NIOHTTP1", package: "swift-nio"),
    "ServiceLifecycle": .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    "UnixSignals": .product(name: "UnixSignals", package: "swift-service-lifecycle"),
]

func dependencies(_ names: [String]) -> [Target.Dependency] {
    names.map { outside[$0] ?? .byName(name: $0) }
}

/// A module of ours. Its list is the whole of what it may import besides the standard library and Foundation;
/// `scripts/imports` compares every file with it.
func module(_ name: String, _ names: [String] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies(names), resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ names: [String], files: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies(names), path: "Tests/\(name)Tests", exclude: files,
        swiftSettings: settings)
}

let targets: [Target] = [
    module("Core"),
    module("ZoneTime", ["Core"]),
    module("Storage", ["Core"]),
    module("Schema", ["Core", "Storage"]),
    module("StorageSQLite", ["Storage", "GRDB", "Metrics"]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(
        name: "StoragePostgres",
        dependencies: ["Core", "Storage", .target(name: "CPostgres", condition: .when(traits: ["Postgres"]))],
        swiftSettings: settings),
    module("Accounts", ["Core", "Storage", "Crypto", "CryptoExtras", "NIOPosix"]),
    module("Profiles", ["Core", "ZoneTime", "Storage"]),
    module("Ingest", ["Core", "Storage", "Profiles"]),
    module("Audience", ["Core", "ZoneTime", "Storage", "Profiles", "Logging", "ServiceLifecycle"]),
    module("WhatsApp", ["Core"]),
    module("Liquid", ["Core"]),
    module("Channels", ["Core", "Storage", "WhatsApp", "Crypto"]),
    module("Messages", ["Core", "ZoneTime", "Storage", "WhatsApp"]),
    module(
        "Campaigns",
        [
            "Core", "ZoneTime", "Storage", "Profiles", "Audience", "WhatsApp", "Liquid", "Channels", "Messages", "Logging",
            "ServiceLifecycle",
        ]),
    module("Consequences", ["Core", "Storage", "WhatsApp", "Channels", "Messages", "Profiles"]),
    module(
        "Delivery",
        [
            "Core", "ZoneTime", "Storage", "WhatsApp", "Channels", "Messages", "Profiles", "Consequences", "AsyncHTTPClient", "NIOCore",
            "NIOHTTP1",
            "NIOPosix",
            "Logging", "Metrics", "ServiceLifecycle",
        ]),
    module("Providers", ["Core", "WhatsApp", "Crypto", "CryptoExtras", "JWTKit"]),
    module(
        "Receipts",
        ["Core", "Storage", "WhatsApp", "Channels", "Messages", "Profiles", "Consequences", "Logging", "ServiceLifecycle"]),
    module("Stats", ["Core", "Storage"]),
    module(
        "WebSupport",
        ["Core", "Storage", "Accounts", "Hummingbird", "HTTPTypes", "Mustache", "NIOCore", "Logging"]),
    module(
        "API",
        [
            "Core", "Storage", "WebSupport", "Accounts", "Ingest", "Profiles", "WhatsApp", "Channels", "Messages", "Campaigns",
            "Delivery", "Receipts", "Stats", "Audience", "ZoneTime", "Hummingbird", "HTTPTypes",
            "Crypto", "NIOCore",
        ]),
    module(
        "Webhooks",
        ["Core", "WhatsApp", "Channels", "Receipts", "Hummingbird", "HTTPTypes", "NIOCore", "Logging"]),
    module(
        "Dashboard",
        ["Core", "WebSupport", "Accounts", "Hummingbird", "HTTPTypes", "NIOCore", "Logging"],
        resources: [.copy("Views"), .copy("Assets")]),
    module(
        "Sandbox",
        [
            "Core", "WebSupport", "Hummingbird", "HTTPTypes", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "Crypto", "CryptoExtras",
            "Logging", "ServiceLifecycle",
        ],
        resources: [.copy("Views"), .copy("Assets")]),
    module(
        "Server",
        [
            "Core", "ZoneTime", "Storage", "Schema", "StorageSQLite", "StoragePostgres", "Accounts", "Profiles", "Ingest", "Audience",
            "WhatsApp", "Channels", "Messages", "Campaigns", "Consequences", "Delivery", "Providers", "Receipts", "Stats", "WebSupport",
            "API",
            "Webhooks", "Dashboard", "Sandbox", "Hummingbird", "HTTPTypes", "AsyncHTTPClient", "NIOCore", "NIOPosix",
            "NIOHTTP1", "Configuration", "Logging", "CoreMetrics", "ServiceLifecycle", "UnixSignals",
        ]),
    .executableTarget(
        name: "whimbrel", dependencies: dependencies(["Server", "ArgumentParser"]), swiftSettings: settings),

    .target(
        name: "ProviderTesting", dependencies: ["Core", "WhatsApp"], path: "Tests/ProviderTesting", swiftSettings: settings),
    .target(name: "CoreTesting", path: "Tests/CoreTesting", swiftSettings: settings),
    .target(
        name: "StorageTesting",
        dependencies: ["Storage", "Schema", "StorageSQLite", "StoragePostgres"], path: "Tests/StorageTesting",
        swiftSettings: settings),
    tests("Core", ["Core", "CoreTesting"]),
    tests("ZoneTime", ["Core", "CoreTesting", "ZoneTime"], files: ["Rules"]),
    tests("Storage", ["Core", "CoreTesting", "Storage", "Schema", "StorageTesting", "StorageSQLite", "StoragePostgres"]),
    tests("Accounts", ["Core", "Storage", "StorageTesting", "Accounts"]),
    tests("Profiles", ["Core", "ZoneTime", "Storage", "StorageTesting", "Profiles"]),
    tests("Ingest", ["Core", "CoreTesting", "Storage", "StorageTesting", "Profiles", "Ingest"]),
    tests("Audience", ["Core", "CoreTesting", "ZoneTime", "Storage", "StorageTesting", "Profiles", "Audience"]),
    tests("WhatsApp", ["Core", "WhatsApp"]),
    tests("Liquid", ["Core", "CoreTesting", "Liquid"]),
    tests("Channels", ["Core", "Storage", "StorageTesting", "ProviderTesting", "WhatsApp", "Channels"]),
    tests("Messages", ["Core", "CoreTesting", "ZoneTime", "Storage", "StorageTesting", "WhatsApp", "Messages"]),
    tests(
        "Campaigns",
        [
            "Core", "CoreTesting", "ZoneTime", "Storage", "StorageTesting", "ProviderTesting", "Profiles", "Audience", "WhatsApp",
            "Channels", "Messages", "Campaigns",
        ]),
    tests(
        "Consequences",
        ["Core", "Storage", "StorageTesting", "ProviderTesting", "WhatsApp", "Channels", "Messages", "Profiles", "Consequences"]),
    tests(
        "Delivery",
        [
            "Core", "CoreTesting", "Storage", "StorageTesting", "ProviderTesting", "WhatsApp", "Channels", "Messages", "Profiles",
            "ZoneTime", "Consequences", "Delivery", "Logging", "AsyncHTTPClient", "NIOCore", "NIOPosix",
        ]),
    tests(
        "Providers", ["Core", "CoreTesting", "WhatsApp", "Providers", "Crypto", "JWTKit"],
        files: ["Vonage", "Meta", "Gupshup", "GupshupEnterprise", "Generic"].map { "\($0)/Payloads" }),
    tests(
        "Receipts",
        [
            "Core", "CoreTesting", "Storage", "StorageTesting", "WhatsApp", "Channels", "Messages", "Profiles", "Consequences", "Receipts",
            "Logging",
        ]),
    tests("Stats", ["Core", "Storage", "StorageTesting", "WhatsApp", "Messages", "Stats"]),
    tests("Sandbox", ["Core", "Sandbox", "Hummingbird", "HummingbirdTesting", "HTTPTypes", "NIOCore", "JWTKit"]),
    tests(
        "Dashboard",
        [
            "Core", "CoreTesting", "Storage", "StorageTesting", "Accounts", "WebSupport", "Dashboard", "Hummingbird", "HummingbirdTesting",
            "HTTPTypes", "NIOCore",
        ]),
    tests(
        "API",
        [
            "Core", "CoreTesting", "Storage", "StorageTesting", "ProviderTesting", "Accounts", "WebSupport", "Profiles", "Ingest",
            "WhatsApp",
            "Channels", "Messages",
            "Campaigns", "Audience", "ZoneTime", "Stats", "API", "Hummingbird", "HummingbirdTesting", "HTTPTypes", "NIOCore",
        ]),
    tests("Flow", ["Core", "Storage", "StoragePostgres", "StorageTesting", "AsyncHTTPClient", "NIOCore", "NIOHTTP1"]),
]

let package = Package(
    name: "whimbrel",
    platforms: [.macOS(.v15)],
    traits: [
        .trait(name: "Postgres", description: "The PostgreSQL engine; needs libpq."),
        .default(enabledTraits: ["Postgres"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: targets
)
