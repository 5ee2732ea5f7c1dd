using System.Collections.Immutable;

namespace Plumbline.Contracts.Reviews;

/// <summary>What is known of one person and one trace.</summary>
/// <param name="Kind">Null when it is not known that they saw it.</param>
/// <param name="ForgottenUntil">What they saw up to then may have been forgotten; null when nothing was.</param>
[GenerateSerializer, Alias("KnownOpening"), Immutable]
public sealed record KnownOpening([property: Id(0)] SeenKind? Kind, [property: Id(1)] DateTimeOffset? ForgottenUntil);

/// <summary>Traces that a person saw, by how they did.</summary>
[GenerateSerializer, Alias("SeenTraces"), Immutable]
public sealed record SeenTraces([property: Id(0)] SeenKind Kind, [property: Id(1)] ImmutableArray<string> TraceIds);
