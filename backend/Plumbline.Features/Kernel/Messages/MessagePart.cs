using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Messages;

/// <summary>Union MessagePart.</summary>
internal abstract record MessagePart;

/// <summary>Type TextPart.</summary>
internal sealed record TextPart(string Text) : MessagePart;

/// <summary>Type ReasoningPart: what a model thought aloud.</summary>
internal sealed record ReasoningPart(string Text) : MessagePart;

/// <summary>Type ImagePart.</summary>
/// <param name="Url">Its address; a data URL when it was sent along.</param>
/// <param name="MimeType">For example <c>image/png</c>; null when not said.</param>
internal sealed record ImagePart(string? Url, string? MimeType) : MessagePart;

/// <summary>Type ToolCallPart.</summary>
/// <param name="Id">By which its result names it.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">As the model wrote them.</param>
internal sealed record ToolCallPart(string? Id, string Name, RawJson? Arguments) : MessagePart;

/// <summary>Type ToolResultPart.</summary>
/// <param name="Id">Of the call it answers.</param>
/// <param name="Result">What the tool gave back.</param>
internal sealed record ToolResultPart(string? Id, RawJson? Result) : MessagePart;

/// <summary>Type OtherPart: whatever else senders put into messages, as it came.</summary>
/// <param name="Kind">What the sender calls it.</param>
/// <param name="Content">The whole part.</param>
internal sealed record OtherPart(string Kind, RawJson? Content) : MessagePart;
