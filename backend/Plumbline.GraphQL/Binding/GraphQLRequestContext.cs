using System.Diagnostics.CodeAnalysis;

namespace Plumbline.GraphQL;

/// <summary>What belongs to one request (or one subscription): the values that resolvers take as parameters beside arguments.</summary>
public sealed class GraphQLRequestContext
{
    private readonly Dictionary<Type, object> _values = [];

    /// <summary>Creates a context.</summary>
    /// <param name="services">The request's service provider.</param>
    public GraphQLRequestContext(IServiceProvider services) => Services = services;

    /// <summary>The request's service provider.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Whether this caller may ask for <c>__schema</c> and <c>__type</c>, read the schema as text, and be told in errors what is named alike; true by default.</summary>
    public bool AllowIntrospection { get; set; } = true;

    /// <summary>Whether the answer carries the document's cost in <c>extensions.cost</c>; false by default.</summary>
    public bool ReportCost { get; set; }

    /// <summary>Stores the value that parameters of type <typeparamref name="T"/> receive.</summary>
    public void Set<T>(T value) where T : notnull => _values[typeof(T)] = value;

    /// <summary>The stored value of that type.</summary>
    /// <exception cref="InvalidOperationException">Nothing of that type was set.</exception>
    public T Get<T>() where T : notnull =>
        TryGet<T>(out var value) ? value : throw new InvalidOperationException($"The request context holds no {typeof(T).Name}; set it where the endpoint creates the context.");

    /// <summary>The stored value of that type, if any.</summary>
    public bool TryGet<T>([NotNullWhen(true)] out T? value) where T : notnull
    {
        var found = _values.TryGetValue(typeof(T), out var stored);
        value = found ? (T)stored! : default;
        return found;
    }
}
