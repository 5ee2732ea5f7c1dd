using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Plumbline.Contracts;

namespace Plumbline.Features.Tests.Grains;

/// <summary>What is sent between servers arrives whole. Within one process most of it is handed over as it is, so no other test would notice.</summary>
public sealed class MessageRoundTripTests(SharedProduct shared)
{
    private static readonly MethodInfo RoundTripOf = typeof(MessageRoundTripTests).GetMethod(nameof(RoundTrip), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Whatever grains take and give, in the very types, and whatever those are made of.</summary>
    public static TheoryData<string> Sent => [.. Types.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, Type> Types { get; } = Arguments().Concat(ProductTypes.Serialized.Where(IsWhole)).Distinct()
        .ToDictionary(WireNames.NameOf);

    [Theory]
    [MemberData(nameof(Sent))]
    public async Task Message_SentAndCopied_ArrivesMemberByMember(string name)
    {
        var services = (await shared.HostAsync()).Services;
        var sample = new Samples().Of(Types[name]);
        Assert.Empty((IEnumerable<string>)RoundTripOf.MakeGenericMethod(Types[name]).Invoke(null, [services, sample])!);
        Assert.Empty(RoundTrip<object>(services, sample));
    }

    [Theory]
    [InlineData(FailureCode.NotFound)]
    [InlineData(FailureCode.Unavailable)]
    [InlineData(FailureCode.OutcomeUnknown)]
    public async Task Failure_SentAndCopied_KeepsItsCodeAndWords(FailureCode code)
    {
        var services = (await shared.HostAsync()).Services;
        var failure = new RequestFailedException(code, "Words for the caller.");
        var serializer = services.GetRequiredService<Serializer>();
        foreach (var arrived in new[]
        {
            serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(failure)),
            services.GetRequiredService<DeepCopier>().Copy<Exception>(failure),
        })
        {
            var read = Assert.IsType<RequestFailedException>(arrived);
            Assert.Equal((code, "Words for the caller."), (read.Code, read.Message));
        }
    }

    private static List<string> RoundTrip<T>(IServiceProvider services, T sample)
    {
        var serializer = services.GetRequiredService<Serializer>();
        var sent = serializer.Deserialize<T>(serializer.SerializeToArray(sample));
        var copied = services.GetRequiredService<DeepCopier>().Copy(sample);
        return [.. Differences.Between(sample, sent, "sent"), .. Differences.Between(sample, copied, "copied")];
    }

    private static IEnumerable<Type> Arguments() =>
        from method in ProductTypes.GrainInterfaces.SelectMany(t => t.GetMethods())
        from type in method.GetParameters().Select(p => p.ParameterType).Append(Result(method.ReturnType))
        where type != typeof(void) && type != typeof(CancellationToken)
        select type;

    private static Type Result(Type returned) => returned.IsGenericType ? returned.GetGenericArguments()[0] : typeof(void);

    /// <summary>Generic ones come closed over what grains return; failures have a test of their own.</summary>
    private static bool IsWhole(Type type) => !type.ContainsGenericParameters && !type.IsAbstract && !type.IsAssignableTo(typeof(Exception));
}
