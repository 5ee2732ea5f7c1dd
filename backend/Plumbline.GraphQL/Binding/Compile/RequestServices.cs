using System.Linq.Expressions;
using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>What resolvers can take from the services of the request. A type that is registered there is never an argument: no caller
/// can fill it in.</summary>
internal sealed class RequestServices(IServiceProvider services)
{
    private readonly IServiceProviderIsService? _registered = services.GetService<IServiceProviderIsService>();

    /// <summary>Whether a type is registered. Collections are left out: a container says of any that it has it, be it empty.</summary>
    public bool Include(Type type) => ClrShape.Item(type) is null && _registered?.IsService(type) == true;

    /// <summary>The request's instance.</summary>
    public Expression Get(Type type, Expression context) => Expression.Call(
        typeof(ServiceProviderServiceExtensions), nameof(ServiceProviderServiceExtensions.GetRequiredService), [type],
        Expression.Property(context, nameof(GraphQLRequestContext.Services)));
}
