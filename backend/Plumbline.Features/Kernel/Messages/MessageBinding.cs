using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Messages;

/// <summary>Binds the members of the union MessagePart, which no field returns by itself.</summary>
internal static class MessageBinding
{
    /// <summary>For every slice that shows messages; the same binding twice is one.</summary>
    public static GraphQLBuilder BindMessageParts(this GraphQLBuilder graph) => graph
        .BindType<TextPart>("TextPart")
        .BindType<ReasoningPart>("ReasoningPart")
        .BindType<ImagePart>("ImagePart")
        .BindType<ToolCallPart>("ToolCallPart")
        .BindType<ToolResultPart>("ToolResultPart")
        .BindType<OtherPart>("OtherPart");
}
