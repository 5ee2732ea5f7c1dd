namespace Plumbline.TraceStore;

/// <summary>Answers whether a span speaks for keeping its whole trace.</summary>
public delegate bool SpanPredicate(SpanReader span);
