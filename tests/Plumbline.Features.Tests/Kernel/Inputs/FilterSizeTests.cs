using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Inputs;

namespace Plumbline.Features.Tests.Kernel.Inputs;

/// <summary>Breadth is bounded wherever it stands in a filter.</summary>
public sealed class FilterSizeTests
{
    [Fact]
    public void Require_AnOrOfThousands_IsRefused()
    {
        var wide = new TraceFilter { Or = [.. Enumerable.Range(0, 2_000).Select(n => new TraceFilter { Search = $"{n}" })] };
        var refused = Assert.Throws<RequestFailedException>(() => FilterSize.Require(wide));
        Assert.Equal(FailureCode.BadUserInput, refused.Code);
        Assert.Contains("The filter has 4001 conditions; 200 are allowed.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_EmptyConditionsDeepDown_AreCountedToo() => Assert.Throws<RequestFailedException>(() => FilterSize.Require(
        new TraceFilter { Not = new TraceFilter { And = [.. Enumerable.Range(0, 201).Select(_ => new TraceFilter())] } }));

    [Fact]
    public void Require_ThousandsOfAttributes_AreRefused() => Assert.Throws<RequestFailedException>(() => FilterSize.Require(
        new SpanFilter { Attributes = [.. Enumerable.Range(0, 5_000).Select(n => new AttributeFilter { Key = $"k{n}", Exists = true })] }));

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void Require_LongLists_AreReadUpToTheirLimit(int ids, bool passes)
    {
        string[] values = [.. Enumerable.Range(0, ids / 2).Select(n => $"{n:x32}")];
        string[] rest = [.. Enumerable.Range(0, ids - ids / 2).Select(n => $"{n}")];
        var problem = Record.Exception(() => FilterSize.Require(new SpanFilter { TraceIds = values, Or = [new SpanFilter { Name = new() { In = rest } }] }));
        Assert.Equal(passes, problem is null);
    }

    [Fact]
    public void Require_WhatPagesAskFor_Passes()
    {
        FilterSize.Require((TraceFilter?)null);
        FilterSize.Require((SpanFilter?)null);
        FilterSize.Require(new TraceFilter
        {
            Search = "refund",
            Tags = ["a", "b"],
            Status = SpanStatus.Error,
            Name = new() { In = ["x", "y"], Contains = "z" },
            Or = [.. Enumerable.Range(0, 60).Select(n => new TraceFilter { UserId = new() { Eq = $"{n}" } })],
        });
    }
}
