using System.Text.RegularExpressions;

namespace Plumbline.Tidy.Tests;

/// <summary>What there is too much of, counted. A number here may fall and never rise: who makes it fall writes the lower one down.</summary>
public sealed partial class RatchetTests
{
    private const int LongestLine = 160;
    private static readonly string[] Engines =
        ["Plumbline.ObjectStore", "Plumbline.ObjectStore.Azure", "Plumbline.TraceStore", "Plumbline.Otlp", "Plumbline.GraphQL"];

    [Theory]
    [InlineData("backend", 7)]
    [InlineData("tests", 29)]
    public void Lines_ThatNeedScrolling(string folder, int most) =>
        RequireAtMost(
            most,
            Repository.Files(folder, ".cs").SelectMany(f =>
                Repository.Lines(f).Select((line, i) => (line, at: $"{f}:{i + 1}"))).Where(x => x.line.Length > LongestLine).Select(x => x.at));

    /// <summary>A namespace says in which folder a file is. What an engine offers stands in its root namespace.</summary>
    [Fact]
    public void Namespaces_ThatAreNotTheFolder() =>
        RequireAtMost(0, Repository.Files("backend", ".cs").Concat(Repository.Files("tests", ".cs")).Where(IsElsewhere));

    private static void RequireAtMost(int most, IEnumerable<string> offenders)
    {
        var found = offenders.Order(StringComparer.Ordinal).ToArray();
        Assert.True(found.Length <= most, $"There were {most}, and now there are {found.Length}:\n{string.Join('\n', found)}");
        Assert.True(found.Length == most, $"There are {found.Length} now: write that number in the place of {most}.");
    }

    private static bool IsElsewhere(string file)
    {
        var text = Repository.Text(file);
        if (Namespace().Match(text) is not { Success: true } declared) return false;
        var folders = file.Split('/')[1..^1];
        if (folders[0] == "benchmarks") folders[0] = "Plumbline.Benchmarks";
        if (declared.Groups["name"].Value == string.Join('.', folders)) return false;
        return !(Engines.Contains(folders[0]) && declared.Groups["name"].Value == folders[0] && Offered().IsMatch(text));
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();

    [GeneratedRegex("^public ", RegexOptions.Multiline)]
    private static partial Regex Offered();
}
