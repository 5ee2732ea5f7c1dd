namespace Plumbline.TraceStore.Blocks;

/// <summary>Kinds of pages. The numbers are part of the format.</summary>
internal enum PageKind : byte
{
    SpanCodes = 1,
    Dictionary = 2,
    SpanNumbers = 3,
    SpanBytes = 4,
    TraceCodes = 5,
    TraceNumbers = 6,
    TraceIds = 7,
    TraceOrder = 8,
    SpanIds = 9,
    Records = 10,
    Previews = 11,
    Tokens = 12,
    Postings = 13,
    Aggregates = 14,
    AttributeNames = 15,
    AttributeValues = 16,
}
