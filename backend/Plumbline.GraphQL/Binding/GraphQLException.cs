namespace Plumbline.GraphQL;

/// <summary>A failure meant for the caller: its message and code go into the answer as they are.</summary>
/// <param name="code">Goes into <c>extensions.code</c>, for example <c>NOT_FOUND</c>.</param>
/// <param name="message">A sentence fit for users.</param>
public sealed class GraphQLException(string code, string message) : Exception(message)
{
    /// <summary>Goes into <c>extensions.code</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Further members of <c>extensions</c>; values are strings, numbers, booleans or <see cref="RawJson"/>.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }
}
