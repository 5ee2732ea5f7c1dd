using Plumbline.Contracts.Traces;
using Store = Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>The store's kinds of span and the API's are the same words with other numbers.</summary>
internal static class Kinds
{
    private static readonly Store.SpanKind[] Stored = Array.ConvertAll(Enum.GetValues<SpanKind>(), k => Enum.Parse<Store.SpanKind>(k.ToString()));

    private static readonly SpanKind[] Shown = Array.ConvertAll(Enum.GetValues<Store.SpanKind>(), k => Enum.Parse<SpanKind>(k.ToString()));

    public static Store.SpanKind ToStore(SpanKind kind) => Stored[(int)kind];

    public static SpanKind ToApi(Store.SpanKind kind) => Shown[(int)kind];

    public static Store.FacetField ToStore(FacetField field) => Enum.Parse<Store.FacetField>(field.ToString());
}
