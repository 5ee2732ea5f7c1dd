using FsCheck;
using FsCheck.Fluent;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Prompts.Diff;

namespace Plumbline.Features.Tests.Prompts;

public sealed class ComparisonTests
{
    [Fact]
    public void Compare_AnyTwoTexts_HunksMakeUpBoth()
    {
        var texts = Gen.Elements("a", "b", "ab ", " ", "\n", "x\ny\n", "🎉", "é").ArrayOf().Select(string.Concat).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(texts, texts, (before, after) =>
        {
            var hunks = new TextComparison(new DiffBudget(), CancellationToken.None).Compare(before, after);
            return before == string.Concat(hunks.Where(h => h.Op != DiffOp.Added).Select(h => h.Text))
                && after == string.Concat(hunks.Where(h => h.Op != DiffOp.Removed).Select(h => h.Text))
                && hunks.Zip(hunks.Skip(1)).All(p => p.First.Op != p.Second.Op);
        }));
    }

    [Fact]
    public void Compare_ManyInOneRequest_ShareOneBudget()
    {
        var (before, after) = (Lines("a", 3_000), Lines("b", 3_000));
        var budget = new DiffBudget();
        var comparisons = 0;
        for (; comparisons < 100 && !budget.IsSpent; comparisons++)
            new TextComparison(budget, CancellationToken.None).Compare($"same\n{before}", $"same\n{after}");
        Assert.InRange(comparisons, 1, 20);
        // What is compared afterwards is told as replaced, whole as it is.
        var hunks = new TextComparison(budget, CancellationToken.None).Compare("a x b", "c x d");
        Assert.Equal([new(DiffOp.Removed, "a x b"), new(DiffOp.Added, "c x d")], hunks);

        static string Lines(string word, int count) => string.Concat(Enumerable.Range(0, count).Select(n => $"{word}{n}\n"));
    }

    [Fact]
    public void Compare_Cancelled_Ends() => Assert.Throws<OperationCanceledException>(
        () => new TextComparison(new DiffBudget(), new CancellationToken(canceled: true)).Compare("a", "b"));

    [Fact]
    public void Compare_OneWordChanged_IsOneWord() => Assert.Equal(
        [new(DiffOp.Same, "one\nBe "), new(DiffOp.Removed, "brief"), new(DiffOp.Added, "kind"), new(DiffOp.Same, ", please.\nthree")],
        new TextComparison(new DiffBudget(), CancellationToken.None).Compare("one\nBe brief, please.\nthree", "one\nBe kind, please.\nthree"));

    [Fact]
    public void Compare_TwoBooks_EndsAndIsWhole()
    {
        var before = string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"line {i}"));
        var after = string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"row {i * 7}"));
        var hunks = new TextComparison(new DiffBudget(), CancellationToken.None).Compare(before, after);
        Assert.Equal(after, string.Concat(hunks.Where(h => h.Op != DiffOp.Removed).Select(h => h.Text)));
    }

    /// <summary>Each region alone would be told word by word; together they take too long to search.</summary>
    [Fact]
    public void Compare_ManyRegionsThatDiffer_SearchesFewAndReplacesTheRest()
    {
        var random = new Random(1);
        var (before, after) = (Regions(random), Regions(random));
        var hunks = new TextComparison(new DiffBudget(), CancellationToken.None).Compare(before, after);
        Assert.Equal(before, string.Concat(hunks.Where(h => h.Op != DiffOp.Added).Select(h => h.Text)));
        Assert.Equal(after, string.Concat(hunks.Where(h => h.Op != DiffOp.Removed).Select(h => h.Text)));
        Assert.True(hunks[0].Text.Length < 100, "the first region is told word by word");
        Assert.Equal([DiffOp.Removed, DiffOp.Added, DiffOp.Same], hunks.TakeLast(3).Select(h => h.Op));
        Assert.Equal(2_000, hunks[^2].Text.Length);

        static string Regions(Random random) =>
            string.Concat(Enumerable.Range(0, 40).Select(i => $"{string.Concat(random.GetItems("!?".AsSpan(), 2_000))}\nsame {i}\n"));
    }

    [Fact]
    public void Versions_EveryPartChanged_EachIsTold()
    {
        var before = PromptMother.Content() with { Tools = [new("search", "Finds", null)] };
        var after = PromptMother.Content(
            "Answer {{question}} in {{language}}", [
                before.Variables[0] with { Required = false }, new()
                {
                    Name = "language", Type = VariableType.String,
                }], "other", """{"temperature":1,"seed":7}""")
            with
        { ResponseSchemaJson = "{}" };
        var diff = VersionComparison.Compare(before, after, new DiffBudget(), CancellationToken.None);
        Assert.Equal("Message 2, user", Assert.Single(diff.Messages).Label);
        Assert.Equal(["language added (STRING)", "question: now optional"], diff.Variables);
        Assert.Equal(["parameters.seed", "parameters.temperature", "tools.search"], diff.Parameters.Select(p => p.Path));
        Assert.Equal(("\"demo-echo\"", "\"other\""), (diff.Model!.Before.ToString(), diff.Model.After.ToString()));
        Assert.Null(diff.Code);
        Assert.Null(diff.ResponseSchema!.Before);
    }

    [Fact]
    public void Versions_Same_NothingIsTold()
    {
        var diff = VersionComparison.Compare(PromptMother.Content(), PromptMother.Content(), new DiffBudget(), CancellationToken.None);
        Assert.Empty(diff.Messages);
        Assert.Empty(diff.Variables);
        Assert.Empty(diff.Parameters);
        Assert.Null(diff.Model);
    }
}
