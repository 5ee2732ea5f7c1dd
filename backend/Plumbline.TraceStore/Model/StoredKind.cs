namespace Plumbline.TraceStore;

/// <summary>What a span stands for. The numbers are part of the stored format.</summary>
public enum StoredKind : byte
{
    /// <summary>Anything else.</summary>
    Span = 0,

    /// <summary>An agent's turn, with the calls it made below it.</summary>
    Agent = 1,

    /// <summary>One call of a language model.</summary>
    Generation = 2,

    /// <summary>One call of an embedding model.</summary>
    Embedding = 3,

    /// <summary>A tool or function that a model asked for.</summary>
    Tool = 4,

    /// <summary>A search for documents.</summary>
    Retriever = 5,

    /// <summary>A reordering of documents.</summary>
    Reranker = 6,

    /// <summary>A check that may stop a request or an answer.</summary>
    Guardrail = 7,

    /// <summary>A judgement on an output.</summary>
    Evaluator = 8,

    /// <summary>A step that joins others: a chain, a workflow, a task.</summary>
    Chain = 9,
}
