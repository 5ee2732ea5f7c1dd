using Plumbline.Contracts.Access;

namespace Plumbline.Contracts;

/// <summary>Answers <c>node(id)</c> for one kind of id. Each slice registers its own as <see cref="INodeResolver"/>.</summary>
public interface INodeResolver
{
    /// <summary>One of <see cref="NodeKinds"/>.</summary>
    string Kind { get; }

    /// <summary>The view that the API's type is bound to, or null when there is none that the caller may see. A NOT_FOUND failure means the same.</summary>
    ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken);
}
