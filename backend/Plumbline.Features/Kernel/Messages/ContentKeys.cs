using System.Collections.Frozen;

namespace Plumbline.Features.Kernel.Messages;

/// <summary>The words that are let through where a reader must not learn what made a message. Lists of what may be shown, never of what may not.</summary>
internal static class ContentKeys
{
    /// <summary>Members of JSON under which people's and models' words stand, and those that hold more of such.</summary>
    public static FrozenSet<string> Words { get; } = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "content", "contents", "text", "parts", "message", "messages", "input", "inputs", "output", "outputs", "question", "query", "answer", "response",
        "result", "completion", "reply", "context", "page_content", "kwargs", "args", "generations", "choices", "candidates", "delta");

    /// <summary>What a document's metadata may say.</summary>
    public static FrozenSet<string> OfDocuments { get; } = FrozenSet.Create(
        StringComparer.Ordinal, "source", "title", "page", "section", "url", "language", "chunk");

    /// <summary>Who may be said to speak.</summary>
    public static FrozenSet<string> Roles { get; } = FrozenSet.Create(StringComparer.Ordinal, "system", "developer", "user", "assistant", "tool");
}
