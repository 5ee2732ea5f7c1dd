namespace Plumbline.TraceStore;

/// <summary>Sessions are asked for, the last used first.</summary>
public sealed record SessionQuery
{
    public TraceCondition? Where { get; init; }
    public int First { get; init; } = 50;
    public string? After { get; init; }

    /// <inheritdoc cref="TraceQuery.Hidden"/>
    public IReadOnlySet<TraceId>? Hidden { get; init; }
}

/// <inheritdoc cref="TracePage"/>
public sealed record SessionPage(IReadOnlyList<SessionHit> Sessions, bool HasNextPage);

/// <inheritdoc cref="TraceHit"/>
public readonly record struct SessionHit(SessionSummary Session, string Cursor);

/// <summary>The traces that share a session id and match the filter.</summary>
/// <param name="SessionId">The id.</param>
/// <param name="UserId">Of the latest trace that has one.</param>
/// <param name="FirstSeenUnixNano">Earliest start of a trace.</param>
/// <param name="LastSeenUnixNano">Latest start of a trace.</param>
/// <param name="TraceCount">Traces.</param>
/// <param name="Tokens">Summed over the traces.</param>
/// <param name="Cost">Pico-dollars, or null when no trace has a cost.</param>
public sealed record SessionSummary(
    string SessionId, string? UserId, long FirstSeenUnixNano, long LastSeenUnixNano, int TraceCount, TokenSums Tokens, long? Cost);
