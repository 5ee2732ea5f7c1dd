using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>Collects attributes that share a prefix into one JSON object of parameters.</summary>
internal static class RequestParameters
{
    public static void Write(in SpanSource source, SpanDraft draft) => Write(source, draft, "gen_ai.request."u8, "gen_ai.request.model"u8);

    /// <summary>Everything under a prefix, without the prefix, but for one name that has a field of its own.</summary>
    public static void Write(in SpanSource source, SpanDraft draft, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> without)
    {
        if (draft.Writer.Has(SpanText.Parameters)) return;
        var begun = false;
        for (var i = 0; i < source.Count; i++)
        {
            var key = source.Key(i);
            if (!key.StartsWith(prefix) || key.SequenceEqual(without)) continue;
            if (!begun) draft.BeginJson(SpanText.Parameters).WriteStartObject();
            begun = true;
            AnyJson.Name(draft.Output, key[prefix.Length..]);
            draft.Any.Write(draft.Output, source.Value(i));
        }
        if (!begun) return;
        draft.Output.WriteEndObject();
        draft.EndJson();
    }
}
