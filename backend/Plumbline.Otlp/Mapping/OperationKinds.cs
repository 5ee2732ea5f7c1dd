using System.Text;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>What the names of operations and span types mean. An unknown name keeps its name and means nothing.</summary>
internal static class OperationKinds
{
    private static readonly Dictionary<string, SpanKind> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["chat"] = SpanKind.Generation,
        ["text_completion"] = SpanKind.Generation,
        ["generate_content"] = SpanKind.Generation,
        ["completion"] = SpanKind.Generation,
        ["generation"] = SpanKind.Generation,
        ["llm"] = SpanKind.Generation,
        ["vision"] = SpanKind.Generation,
        ["image_generation"] = SpanKind.Generation,
        ["responses"] = SpanKind.Generation,
        ["embeddings"] = SpanKind.Embedding,
        ["embedding"] = SpanKind.Embedding,
        ["embed"] = SpanKind.Embedding,
        ["retrieval"] = SpanKind.Retriever,
        ["retriever"] = SpanKind.Retriever,
        ["vectordb"] = SpanKind.Retriever,
        ["search_memory"] = SpanKind.Retriever,
        ["rerank"] = SpanKind.Reranker,
        ["reranker"] = SpanKind.Reranker,
        ["create_agent"] = SpanKind.Agent,
        ["invoke_agent"] = SpanKind.Agent,
        ["agent"] = SpanKind.Agent,
        ["agent_step"] = SpanKind.Chain,
        ["plan"] = SpanKind.Chain,
        ["invoke_workflow"] = SpanKind.Chain,
        ["workflow"] = SpanKind.Chain,
        ["chain"] = SpanKind.Chain,
        ["task"] = SpanKind.Chain,
        ["prompt"] = SpanKind.Chain,
        ["parser"] = SpanKind.Chain,
        ["execute_tool"] = SpanKind.Tool,
        ["tool"] = SpanKind.Tool,
        ["function"] = SpanKind.Tool,
        ["guardrail"] = SpanKind.Guardrail,
        ["evaluator"] = SpanKind.Evaluator,
        ["evaluation"] = SpanKind.Evaluator,
        ["span"] = SpanKind.Span,
        ["event"] = SpanKind.Span,
    };

    private static readonly Dictionary<string, SpanKind>.AlternateLookup<ReadOnlySpan<char>> Lookup = Table.GetAlternateLookup<ReadOnlySpan<char>>();

    public static SpanKind? Of(ReadOnlySpan<byte> name)
    {
        Span<char> chars = stackalloc char[32];
        if (name.Length > chars.Length) return null;
        var length = Encoding.UTF8.GetChars(name, chars);
        return Lookup.TryGetValue(chars[..length], out var kind) ? kind : null;
    }
}
