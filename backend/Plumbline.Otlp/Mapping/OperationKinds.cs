using System.Text;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>What the names of operations and span types mean. An unknown name keeps its name and means nothing.</summary>
internal static class OperationKinds
{
    private static readonly Dictionary<string, StoredKind> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["chat"] = StoredKind.Generation,
        ["text_completion"] = StoredKind.Generation,
        ["generate_content"] = StoredKind.Generation,
        ["completion"] = StoredKind.Generation,
        ["generation"] = StoredKind.Generation,
        ["llm"] = StoredKind.Generation,
        ["vision"] = StoredKind.Generation,
        ["image_generation"] = StoredKind.Generation,
        ["responses"] = StoredKind.Generation,
        ["embeddings"] = StoredKind.Embedding,
        ["embedding"] = StoredKind.Embedding,
        ["embed"] = StoredKind.Embedding,
        ["retrieval"] = StoredKind.Retriever,
        ["retriever"] = StoredKind.Retriever,
        ["vectordb"] = StoredKind.Retriever,
        ["search_memory"] = StoredKind.Retriever,
        ["rerank"] = StoredKind.Reranker,
        ["reranker"] = StoredKind.Reranker,
        ["create_agent"] = StoredKind.Agent,
        ["invoke_agent"] = StoredKind.Agent,
        ["agent"] = StoredKind.Agent,
        ["agent_step"] = StoredKind.Chain,
        ["plan"] = StoredKind.Chain,
        ["invoke_workflow"] = StoredKind.Chain,
        ["workflow"] = StoredKind.Chain,
        ["chain"] = StoredKind.Chain,
        ["task"] = StoredKind.Chain,
        ["prompt"] = StoredKind.Chain,
        ["parser"] = StoredKind.Chain,
        ["execute_tool"] = StoredKind.Tool,
        ["tool"] = StoredKind.Tool,
        ["function"] = StoredKind.Tool,
        ["guardrail"] = StoredKind.Guardrail,
        ["evaluator"] = StoredKind.Evaluator,
        ["evaluation"] = StoredKind.Evaluator,
        ["span"] = StoredKind.Span,
        ["event"] = StoredKind.Span,
    };

    private static readonly Dictionary<string, StoredKind>.AlternateLookup<ReadOnlySpan<char>> Lookup = Table.GetAlternateLookup<ReadOnlySpan<char>>();

    public static StoredKind? Of(ReadOnlySpan<byte> name)
    {
        Span<char> chars = stackalloc char[32];
        if (name.Length > chars.Length) return null;
        var length = Encoding.UTF8.GetChars(name, chars);
        return Lookup.TryGetValue(chars[..length], out var kind) ? kind : null;
    }
}
