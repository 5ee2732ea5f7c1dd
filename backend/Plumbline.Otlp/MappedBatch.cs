using Plumbline.TraceStore;

namespace Plumbline.Otlp;

/// <summary>The spans of one request, ready for the store, and what was not taken.</summary>
/// <param name="Batch">The spans taken, in the order they came.</param>
/// <param name="Accepted">Spans or log records taken; a record that belongs to no span is taken and not stored.</param>
/// <param name="Rejected">Spans or log records refused.</param>
/// <param name="Reasons">Why, one sentence a refusal, the first few.</param>
public sealed record MappedBatch(SpanBatch Batch, int Accepted, int Rejected, IReadOnlyList<string> Reasons);
