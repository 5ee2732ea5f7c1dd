namespace Plumbline.Benchmarks.GraphQL;

/// <summary>Documents made to cost much: nesting, long strings, aliases, repetition, fragments and their cycles. Each is refused.</summary>
internal static class Bombs
{
    public static (string Name, string Document)[] All { get; } =
    [
        ("nested selections", string.Concat(Enumerable.Repeat("{ traces ", 5_000))),
        ("nested lists", "{ traces(after: " + new string('[', 500_000)),
        ("a long string", "{ traces(after: \"" + new string('a', 1_000_000)),
        ("aliases", "{ " + string.Concat(Enumerable.Range(0, 6_000).Select(i => $"a{i}: traces ")) + "}"),
        ("repeated fields", "{ traces { nodes { " + string.Concat(Enumerable.Repeat("tokens { input } ", 4_000)) + "} } }"),
        ("unknown fragments", "{ traces { nodes { " + string.Concat(Enumerable.Range(0, 6_000).Select(i => $"...F{i} ")) + "} } }"),
        (
            "fragments that multiply",
            "{ traces { ...F0 } } " + string.Concat(Enumerable.Range(0, 200).Select(i =>
                $"fragment F{i} on TraceConnection {{ ...F{i + 1} ...F{i + 1} ...F{i + 2} }} "))),
        (
            "a fragment cycle",
            "{ traces { ...F0 } } " + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"fragment F{i} on TraceConnection {{ ...F{(i + 1) % 1_000} }} "))),
    ];
}
