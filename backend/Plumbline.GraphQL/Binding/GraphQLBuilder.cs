namespace Plumbline.GraphQL;

/// <summary>Collects what the schema is made of; everything is bound and checked when the host starts.</summary>
public sealed class GraphQLBuilder
{
    internal List<string> Sdl { get; } = [];
    internal List<Type> ResolverClasses { get; } = [];
    internal List<(Type Clr, string TypeName)> BoundTypes { get; } = [];
    internal HashSet<string> Unserved { get; } = new(StringComparer.Ordinal);
    internal List<Func<Exception, GraphQLError?>> ExceptionMaps { get; } = [];
    internal Dictionary<Type, Func<object, long>> Sizes { get; } = [];
    internal Dictionary<string, int> Costs { get; } = new(StringComparer.Ordinal);
    internal List<Action<GraphQLLimits>> LimitChanges { get; } = [];

    /// <summary>Adds schema text (SDL); several texts form one schema, extensions included.</summary>
    public GraphQLBuilder AddSchema(string sdl)
    {
        Sdl.Add(sdl);
        return this;
    }

    /// <summary>Adds a class with <see cref="ResolversForAttribute"/>.</summary>
    public GraphQLBuilder AddResolvers<TResolvers>() where TResolvers : class
    {
        ResolverClasses.Add(typeof(TResolvers));
        return this;
    }

    /// <summary>Says which schema type values of a .NET type are. Needed where it cannot be seen from resolvers: members of unions and interfaces.</summary>
    public GraphQLBuilder BindType<T>(string typeName)
    {
        BoundTypes.Add((typeof(T), typeName));
        return this;
    }

    /// <summary>Names fields (<c>Type.field</c>) that are not served yet: they answer with code NOT_IMPLEMENTED. A field that is named and
    /// bound stops start-up.</summary>
    public GraphQLBuilder NotImplemented(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields) Unserved.Add(field);
        return this;
    }

    /// <summary>Turns exceptions of the product into errors for callers. The first map that answers wins; what no map knows is masked and logged.</summary>
    public GraphQLBuilder MapException(Func<Exception, GraphQLError?> map)
    {
        ExceptionMaps.Add(map);
        return this;
    }

    /// <summary>Says what a value takes in memory, roughly, for <see cref="GraphQLLimits.MaxHeldBytes"/>. Told for types that can be large.</summary>
    public GraphQLBuilder SizeOf<T>(Func<T, long> bytes) where T : class
    {
        Sizes[typeof(T)] = value => bytes((T)value);
        return this;
    }

    /// <summary>Says what it costs to resolve a field (<c>Type.field</c>) that scans or computes; composite fields cost 1 and leaves nothing
    /// when nothing is said. See <c>Validation/Limits/CostFormula.md</c>.</summary>
    public GraphQLBuilder Cost(string field, int cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        Costs[field] = cost;
        return this;
    }

    /// <summary>Changes limits.</summary>
    public GraphQLBuilder Limit(Action<GraphQLLimits> change)
    {
        LimitChanges.Add(change);
        return this;
    }
}
