using Plumbline.Contracts;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Traces.Ingestion;

namespace Plumbline.Features.Tests.Traces;

/// <summary>Rules that come from another process are new objects with every request, and are compiled once all the same.</summary>
public sealed class RedactionRulesTests
{
    private static readonly ProjectKey Project = new("aaaaaaaaaaaa", "bbbbbbbbbbbb");
    private readonly RedactionRules _rules = new();

    [Fact]
    public void Compile_EqualRulesInAnotherArray_GivesWhatIsThere() => Assert.Same(_rules.Compile(Project, [Rule("a")]), _rules.Compile(Project, [Rule("a")]));

    [Fact]
    public void Compile_ChangedRules_GivesNewOnes() => Assert.NotSame(_rules.Compile(Project, [Rule("a")]), _rules.Compile(Project, [Rule("b")]));

    [Fact]
    public void Compile_AnotherProject_DoesNotPushOutTheFirst()
    {
        var first = _rules.Compile(Project, [Rule("a")]);
        _rules.Compile(Project with { Project = "cccccccccccc" }, [Rule("b")]);
        Assert.Same(first, _rules.Compile(Project, [Rule("a")]));
    }

    [Fact]
    public void Compile_NoRules_IsNothing() => Assert.Null(_rules.Compile(Project, []));

    private static RedactionRule Rule(string pattern) => new("names", RedactionKind.Regex, pattern, RedactionAction.Mask);
}
