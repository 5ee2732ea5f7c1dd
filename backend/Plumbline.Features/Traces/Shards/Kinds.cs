using Plumbline.Contracts.Traces;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>The store's kinds of span and the API's are the same words with other numbers.</summary>
internal static class Kinds
{
    private static readonly StoredKind[] Stored = Array.ConvertAll(Enum.GetValues<SpanKind>(), k => Enum.Parse<StoredKind>(k.ToString()));

    private static readonly SpanKind[] Shown = Array.ConvertAll(Enum.GetValues<StoredKind>(), k => Enum.Parse<SpanKind>(k.ToString()));

    public static StoredKind ToStore(SpanKind kind) => Stored[(int)kind];

    public static SpanKind ToApi(StoredKind kind) => Shown[(int)kind];
}
