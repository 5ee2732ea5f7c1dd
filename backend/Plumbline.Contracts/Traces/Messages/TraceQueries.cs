using System.Collections.Immutable;

namespace Plumbline.Contracts.Traces;

/// <summary>A page of traces.</summary>
[GenerateSerializer, Alias("TracePageQuery"), Immutable]
public sealed record TracePageQuery
{
    [Id(0)] public required TraceScope Scope { get; init; }
    [Id(1)] public TraceOrder Order { get; init; } = new(TraceOrderField.StartTime, OrderDirection.Desc);
    [Id(2)] public int First { get; init; } = 50;
    [Id(3)] public string? After { get; init; }
    [Id(4)] public bool WantTotalCount { get; init; }
}

/// <summary>A page of spans, newest first.</summary>
[GenerateSerializer, Alias("SpanPageQuery"), Immutable]
public sealed record SpanPageQuery
{
    [Id(0)] public SpanFilter? Where { get; init; }

    /// <summary>As if these traces did not exist.</summary>
    [Id(1)] public IReadOnlyList<string> Hidden { get; init; } = [];
    [Id(2)] public int First { get; init; } = 50;
    [Id(3)] public string? After { get; init; }
}

/// <summary>A page of sessions, the last used first.</summary>
[GenerateSerializer, Alias("SessionPageQuery"), Immutable]
public sealed record SessionPageQuery
{
    [Id(0)] public required TraceScope Scope { get; init; }
    [Id(1)] public int First { get; init; } = 50;
    [Id(2)] public string? After { get; init; }
}

/// <summary>The values of a field.</summary>
[GenerateSerializer, Alias("FacetValuesQuery"), Immutable]
public sealed record FacetValuesQuery
{
    [Id(0)] public required FacetField Field { get; init; }
    [Id(1)] public required TimeRange Range { get; init; }
    [Id(2)] public string? Prefix { get; init; }
    [Id(3)] public int First { get; init; } = 20;
    [Id(4)] public IReadOnlyList<string> Hidden { get; init; } = [];
}

/// <summary>Aggregates over spans.</summary>
[GenerateSerializer, Alias("SpanStatsQuery"), Immutable]
public sealed record SpanStatsQuery
{
    [Id(0)] public required TimeRange Range { get; init; }
    [Id(1)] public TimeBucket? Bucket { get; init; }
    [Id(2)] public IReadOnlyList<FacetField> GroupBy { get; init; } = [];
    [Id(3)] public SpanFilter? Where { get; init; }
    [Id(4)] public IReadOnlyList<string> Hidden { get; init; } = [];
}

/// <summary>A page with the cursor of each item.</summary>
[GenerateSerializer, Alias("Page`1"), Immutable]
public sealed record Page<T>(
    [property: Id(0)] ImmutableArray<T> Items,
    [property: Id(1)] ImmutableArray<string> Cursors,
    [property: Id(2)] bool HasNextPage,
    [property: Id(3)] int? TotalCount);

/// <summary>A value of a field and how many spans have it: type FacetValue.</summary>
[GenerateSerializer, Alias("FacetValue"), Immutable]
public sealed record FacetValue([property: Id(0)] string Value, [property: Id(1)] long Count);
