using System.Text.RegularExpressions;

namespace Plumbline.Tidy.Tests;

/// <summary>Files stay small and say nothing that does not belong to the product.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 500;
    private const int TypicalFile = 150;

    [Theory]
    [InlineData("backend", ".cs")]
    [InlineData("tests", ".cs")]
    [InlineData("frontend/src", ".ts", ".tsx")]
    public void Files_StayWithinTheirBudget(string folder, params string[] endings)
    {
        var lengths = Repository.Files(folder, endings).Select(f => (File: f, Length: Repository.Lines(f).Length)).OrderBy(x => x.Length).ToArray();
        Assert.NotEmpty(lengths);
        Assert.Empty(lengths.Where(x => x.Length > LongestFile).Select(x => $"{x.File}: {x.Length} lines"));
        Assert.InRange(lengths[lengths.Length / 2].Length, 1, TypicalFile);
    }

    [Fact]
    public void Names_AreNoBags()
    {
        var offenders = Repository.Files("backend", ".cs").Concat(Repository.Files("frontend/src", ".ts", ".tsx"))
            .Where(f => Bag().IsMatch(Path.GetFileNameWithoutExtension(f)));
        Assert.Empty(offenders);
    }

    [Fact]
    public void Sources_HoldNoUnfinishedWork()
    {
        var offenders = Sources().Where(f => !f.EndsWith("SourceTests.cs", StringComparison.Ordinal))
            .SelectMany(f => Repository.Lines(f).Select((line, i) => (line, at: $"{f}:{i + 1}")))
            .Where(x => Unfinished().IsMatch(x.line)).Select(x => $"{x.at} {x.line.Trim()}");
        Assert.Empty(offenders);
    }

    [Fact]
    public void Sources_NameNoMachine()
    {
        var offenders = Sources().Where(f => !f.EndsWith("SourceTests.cs", StringComparison.Ordinal))
            .SelectMany(f => Repository.Lines(f).Select((line, i) => (line, at: $"{f}:{i + 1}")))
            .Where(x => MachinePath().IsMatch(x.line)).Select(x => x.at);
        Assert.Empty(offenders);
    }

    /// <summary>In .NET <c>$</c> also matches before a line feed at the end: a name with one would look like the name without it.</summary>
    [Fact]
    public void Expressions_EndAtTheVeryEnd()
    {
        var offenders = Repository.Files("backend", ".cs").Where(f => Repository.Lines(f).Any(l => l.Contains("Regex", StringComparison.Ordinal)))
            .SelectMany(f => Repository.Lines(f).Select((line, i) => (line, at: $"{f}:{i + 1}")))
            .Where(x => DollarAtTheEnd().IsMatch(x.line)).Select(x => $"{x.at} {x.line.Trim()}");
        Assert.Empty(offenders);
    }

    private static IEnumerable<string> Sources() =>
        new[] { "backend", "frontend", "tests", "infra" }.SelectMany(f =>
            Repository.Files(f, ".cs", ".ts", ".tsx", ".mjs", ".css", ".md", ".yml", ".yaml", ".csproj"));

    [GeneratedRegex("(Manager|Helper|Helpers|Utils|Util)$")]
    private static partial Regex Bag();

    [GeneratedRegex(@"[^\s""]\$""(,|\))")]
    private static partial Regex DollarAtTheEnd();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(^|[\s""'(=])/(work|farm|root|home)/")]
    private static partial Regex MachinePath();
}
