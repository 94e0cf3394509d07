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
let outside: [String: Target.Dependency] = [:]

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

    .target(name: "CoreTesting", path: "Tests/CoreTesting", swiftSettings: settings),
    tests("Core", ["Core", "CoreTesting"]),
]

let package = Package(
    name: "whimbrel",
    platforms: [.macOS(.v15)],
    traits: [
        .trait(name: "Postgres", description: "The PostgreSQL engine; needs libpq."),
        .default(enabledTraits: ["Postgres"]),
    ],
    dependencies: [
    ],
    targets: targets
)
