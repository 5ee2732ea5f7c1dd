namespace Plumbline.GraphQL.Language;

/// <summary>A document that is no GraphQL: what was found and where.</summary>
internal sealed class GraphQLSyntaxException(string description, SourceLocation location) : Exception($"Syntax Error: {description}")
{
    public SourceLocation Location { get; } = location;

    public GraphQLError ToError() => new(ErrorCodes.ParseFailed, Message) { Locations = [Location] };
}
