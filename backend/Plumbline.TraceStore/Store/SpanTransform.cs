namespace Plumbline.TraceStore;

/// <summary>Makes a span anew, for example by a newer mapping of its attributes. Either writes one whole span of the same trace and span id and returns
/// true, or writes nothing and returns false.</summary>
public delegate bool SpanTransform(SpanReader span, SpanBatchWriter into);
