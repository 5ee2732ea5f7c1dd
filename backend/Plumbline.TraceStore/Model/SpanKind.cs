namespace Plumbline.TraceStore;

/// <summary>What a span stands for. The numbers are part of the stored format.</summary>
public enum SpanKind : byte
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

/// <summary>The outcome a span reported. The numbers are part of the stored format and rise with weight: the heavier wins when copies are merged.</summary>
public enum SpanStatus : byte
{
    /// <summary>Nothing was said.</summary>
    Unset = 0,

    /// <summary>Said to have succeeded.</summary>
    Ok = 1,

    /// <summary>Failed.</summary>
    Error = 2,
}

/// <summary>How the sender counted cached tokens. What is stored always counts them within the input tokens; this tells whether they had to be added.</summary>
public enum UsageConvention : byte
{
    /// <summary>Not known, no usage, or no cached tokens to tell by.</summary>
    Unknown = 0,

    /// <summary>The sender's input tokens held the cached ones; stored as sent.</summary>
    Inclusive = 1,

    /// <summary>The sender counted cached tokens beside the input tokens; the stored input tokens are the sum of both.</summary>
    Exclusive = 2,
}
