using Plumbline.Otlp.Mapping.Json;
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
        JsonOutput? json = null;
        for (var i = 0; i < source.Count; i++)
        {
            var key = source.Key(i);
            if (!key.StartsWith(prefix) || key.SequenceEqual(without)) continue;
            if (json is null)
            {
                json = draft.BeginJson();
                json.BeginObject();
            }
            draft.Any.Name(json, key[prefix.Length..]);
            draft.Any.WriteClean(json, source.Value(i));
        }
        if (json is null) return;
        json.EndObject();
        draft.EndJson(SpanText.Parameters);
    }
}
