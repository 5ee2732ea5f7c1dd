namespace Plumbline.Features.Kernel.Messages;

/// <summary>Type Message: what one side of a conversation said, whether a trace, a review or a run shows it.</summary>
/// <param name="Role">system, user, assistant, tool or what the sender called it.</param>
/// <param name="Name">Who of that role; null when there is one.</param>
/// <param name="Parts">What it consists of, in order.</param>
internal sealed record Message(string Role, string? Name, IReadOnlyList<MessagePart> Parts)
{
    /// <summary>The text parts, a line each.</summary>
    public string Text => string.Join('\n', Parts.OfType<TextPart>().Select(p => p.Text));
}
