namespace Plumbline.GraphQL;

/// <summary>Everything that is wrong with a schema or its binding, in one message.</summary>
/// <param name="errors">A sentence each.</param>
public sealed class GraphQLSchemaException(IReadOnlyList<string> errors)
    : Exception($"The GraphQL schema cannot be served ({errors.Count} {(errors.Count == 1 ? "error" : "errors")}):\n  {string.Join("\n  ", errors)}")
{
    /// <summary>A sentence each.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
