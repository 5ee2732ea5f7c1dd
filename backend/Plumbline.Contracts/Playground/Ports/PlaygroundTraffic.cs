using Plumbline.Contracts.Traces;

namespace Plumbline.Contracts.Playground;

/// <summary>What runs of the playground leave in the trace store. They are trials, so figures of what a feature does leave them out.</summary>
public static class PlaygroundTraffic
{
    /// <summary>The environment of the spans that runs leave.</summary>
    public const string Environment = "plumbline.playground";

    /// <summary>The spans of a filter without those of runs. A filter that names an environment says itself what it means.</summary>
    public static SpanFilter Without(SpanFilter? where) => where switch
    {
        null => new SpanFilter { Environment = NotPlayground },
        { Environment: null } => where with { Environment = NotPlayground },
        _ => where,
    };

    private static StringFilter NotPlayground { get; } = new() { NotIn = [Environment] };
}
