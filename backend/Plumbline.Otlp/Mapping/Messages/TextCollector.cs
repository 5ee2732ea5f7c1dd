using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Mapping.Messages;

/// <summary>Gathers the plain text of messages while they are written: of the last user message, and of all.</summary>
internal sealed class TextCollector
{
    private TextBuffer _current = new();
    private TextBuffer _last = new();
    private TextBuffer _lastUser = new();
    private bool _isUser;

    /// <summary>Whether any message had a text.</summary>
    public bool HasLast { get; private set; }

    /// <summary>Whether a message by the user had a text.</summary>
    public bool HasLastUser { get; private set; }

    /// <summary>Text of the last message by the user.</summary>
    public ReadOnlySpan<byte> LastUser => _lastUser.Written;

    /// <summary>Text of the last message that has any.</summary>
    public ReadOnlySpan<byte> Last => _isLastUser ? _lastUser.Written : _last.Written;

    private bool _isLastUser;

    public void Reset() => HasLast = HasLastUser = _isLastUser = false;

    public void Begin(ReadOnlySpan<byte> role)
    {
        _current.Clear();
        _isUser = role.SequenceEqual("user"u8);
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        if (_current.Length > 0) _current.Write("\n"u8);
        _current.Write(text);
    }

    public void End()
    {
        if (_current.Length == 0) return;
        HasLast = true;
        _isLastUser = _isUser;
        HasLastUser |= _isUser;
        if (_isUser) (_lastUser, _current) = (_current, _lastUser);
        else (_last, _current) = (_current, _last);
    }
}
