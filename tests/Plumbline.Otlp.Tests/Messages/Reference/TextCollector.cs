using System.Text;

namespace Plumbline.Otlp.Tests.Messages.Reference;

/// <summary>Gathers the plain text of messages while they are written: of the last user message, and of all.</summary>
internal sealed class TextCollector
{
    private readonly StringBuilder current = new();
    private string? role;

    /// <summary>Text of the last message by the user.</summary>
    public string? LastUser { get; private set; }

    /// <summary>Text of the last message that has any.</summary>
    public string? Last { get; private set; }

    public void Reset() => (LastUser, Last) = (null, null);

    public void Begin(string messageRole)
    {
        current.Clear();
        role = messageRole;
    }

    public void Add(string text) => current.Append(current.Length > 0 ? "\n" : "").Append(text);

    public void End()
    {
        if (current.Length == 0) return;
        Last = current.ToString();
        if (role == "user") LastUser = Last;
    }
}
