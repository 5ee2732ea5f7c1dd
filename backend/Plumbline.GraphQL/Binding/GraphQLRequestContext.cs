namespace Plumbline.GraphQL;

/// <summary>What belongs to one request (or one subscription) beside its document and variables.</summary>
/// <param name="services">The request's service provider.</param>
public sealed class GraphQLRequestContext(IServiceProvider services)
{
    /// <summary>The request's service provider: what resolvers and batch loaders take beside arguments comes from it, so whoever
    /// fills the context says there who asks.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>Whether this caller may ask for <c>__schema</c> and <c>__type</c>, read the schema as text, and be told in errors what is
    /// named alike; true by default.</summary>
    public bool AllowIntrospection { get; set; } = true;

    /// <summary>Whether the answer carries the document's cost in <c>extensions.cost</c>; false by default.</summary>
    public bool ReportCost { get; set; }
}
