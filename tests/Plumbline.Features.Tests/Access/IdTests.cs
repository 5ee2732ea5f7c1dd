using FsCheck;
using FsCheck.Fluent;
using Plumbline.Contracts;

namespace Plumbline.Features.Tests.Access;

public sealed class IdTests
{
    [Fact]
    public void RandomId_IsWellFormedAndNew()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => RandomId.New()).ToArray();
        Assert.All(ids, id => Assert.True(RandomId.IsWellFormed(id)));
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void NodeId_RoundTrips()
    {
        var key = new ProjectKey(RandomId.New(), RandomId.New());
        var (project, rest) = NodeId.ParseInProject(NodeId.Format(NodeKinds.Trace, key, "abc"), NodeKinds.Trace);
        Assert.Equal((key, "abc"), (project, rest));
        Assert.Equal(key, NodeId.ParseProject(NodeId.Format(NodeKinds.Project, key.ToString())));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("_")]
    [InlineData("prj_")]
    [InlineData("_YWJj")]
    [InlineData("prj_Y W")]
    [InlineData("prj_YWJjZ")]
    [InlineData("PRJ_YWJj")]
    [InlineData("prj_YWJj=")]
    [InlineData("prj_AAAA")]
    public void NodeId_Malformed_IsNoId(string? text) => Assert.False(NodeId.TryParse(text, out _));

    [Fact]
    public void NodeId_OfAnotherKind_IsNotFound()
    {
        var failure = Assert.Throws<RequestFailedException>(() => NodeId.Parse(NodeId.Format("usr", "abc"), "org"));
        Assert.Equal((FailureCode.NotFound, Failure.NotFound().Message), (failure.Code, failure.Message));
    }

    [Fact]
    public void NodeId_HasOneTextForEachKey() => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        if (NodeId.TryParse("x_" + text, out var id)) Assert.Equal("x_" + text, id.ToString());
    }));

    [Theory]
    [InlineData("a/b")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaa/bbbbbbbbbbbb/")]
    [InlineData("aaaaaaaaaaaa/BBBBBBBBBBBB")]
    [InlineData("../aaaaaaaaa/bbbbbbbbbbbb")]
    public void ProjectKey_Malformed_IsNone(string text) => Assert.False(ProjectKey.TrySplit(text, out _, out _));

    [Theory]
    [InlineData("Acme GmbH & Co.", "acme-gmbh-co")]
    [InlineData("  Ümläut  ", "ml-ut")]
    [InlineData("日本", "unnamed")]
    [InlineData("--a--b--", "a-b")]
    public void Slug_FromName_IsASlug(string name, string expected)
    {
        Assert.Equal(expected, Slug.From(name));
        Assert.Equal(expected, Slug.Require(expected));
    }

    [Fact]
    public void Slug_FromAnyName_IsWellFormed() => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), name =>
        Slug.IsWellFormed(Slug.From(Clean(name.Get))) && Slug.IsWellFormed(Slug.Numbered(Slug.From(Clean(name.Get)), 12))));

    private static string Clean(string text) => string.Concat(text.EnumerateRunes());
}
