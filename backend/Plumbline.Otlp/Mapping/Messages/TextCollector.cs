using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Mapping.Messages;

/// <summary>Gathers the plain text of messages while they are written: of the last user message, and of all.</summary>
internal sealed class TextCollector
{
    private TextBuffer current = new();
    private TextBuffer last = new();
    private TextBuffer lastUser = new();
    private bool isUser;

    /// <summary>Whether any message had a text.</summary>
    public bool HasLast { get; private set; }

    /// <summary>Whether a message by the user had a text.</summary>
    public bool HasLastUser { get; private set; }

    /// <summary>Text of the last message by the user.</summary>
    public ReadOnlySpan<byte> LastUser => lastUser.Written;

    /// <summary>Text of the last message that has any.</summary>
    public ReadOnlySpan<byte> Last => isLastUser ? lastUser.Written : last.Written;

    private bool isLastUser;

    public void Reset() => HasLast = HasLastUser = isLastUser = false;

    public void Begin(ReadOnlySpan<byte> role)
    {
        current.Clear();
        isUser = role.SequenceEqual("user"u8);
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        if (current.Length > 0) current.Write("\n"u8);
        current.Write(text);
    }

    public void End()
    {
        if (current.Length == 0) return;
        HasLast = true;
        isLastUser = isUser;
        HasLastUser |= isUser;
        if (isUser) (lastUser, current) = (current, lastUser);
        else (last, current) = (current, last);
    }
}
