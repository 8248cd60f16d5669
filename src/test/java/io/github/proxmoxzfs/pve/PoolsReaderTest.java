package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolsReaderTest {
  private final List<String> oddities = new ArrayList<>();

  @Test
  void sizesRatiosAndHealthAreRead() throws Exception {
    assertThat(
            read(
                """
                {"name":"tank","size":603979776,"alloc":21872640,"free":582107136,"frag":3,"dedup":5.07,"health":"DEGRADED"}"""))
        .containsExactly(
            new PoolListing(
                "tank",
                PoolHealth.DEGRADED,
                Optional.of(
                    new PoolListing.Space(
                        603_979_776,
                        21_872_640,
                        582_107_136,
                        OptionalDouble.of(0.03),
                        OptionalDouble.of(5.07))),
                false));
  }

  @Test
  void numbersMayBeTexts() throws Exception {
    assertThat(
            read(
                """
                {"name":"1","size":"10","alloc":"4","free":"6","frag":"50","dedup":"1.00","health":"ONLINE"}"""))
        .containsExactly(
            new PoolListing(
                "1",
                PoolHealth.ONLINE,
                Optional.of(
                    new PoolListing.Space(10, 4, 6, OptionalDouble.of(0.5), OptionalDouble.of(1))),
                false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "\"x\"", "null", "-1"})
  void anUnknownDeduplicationCostsNothingElse(String deduplication) throws Exception {
    assertThat(
            read(
                """
                {"name":"tank","size":10,"alloc":4,"free":6,"frag":50,"dedup":%s,"health":"ONLINE"}"""
                    .formatted(deduplication)))
        .containsExactly(
            new PoolListing(
                "tank",
                PoolHealth.ONLINE,
                Optional.of(
                    new PoolListing.Space(
                        10, 4, 6, OptionalDouble.of(0.5), OptionalDouble.empty())),
                false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"-\"", "{}", "-1", "1e400"})
  void anUnknownFragmentationCostsNothingElse(String fragmentation) throws Exception {
    assertThat(
            read(
                """
                {"name":"tank","size":10,"alloc":4,"free":6,"frag":%s,"dedup":1,"health":"ONLINE"}"""
                    .formatted(fragmentation)))
        .containsExactly(
            new PoolListing(
                "tank",
                PoolHealth.ONLINE,
                Optional.of(
                    new PoolListing.Space(10, 4, 6, OptionalDouble.empty(), OptionalDouble.of(1))),
                false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A pool that cannot be read: zpool prints "-", Perl makes 0 of it.
        "\"size\":0,\"alloc\":0,\"free\":0,\"frag\":0,\"dedup\":0",
        // Beyond 2^63−1.
        "\"size\":18446744073709551615,\"alloc\":0,\"free\":1,\"frag\":0,\"dedup\":1",
        "\"size\":1,\"alloc\":18446744073709551615,\"free\":1,\"frag\":0,\"dedup\":1",
        "\"size\":1e400,\"alloc\":1,\"free\":1,\"frag\":0,\"dedup\":1",
        "\"size\":10,\"alloc\":-4,\"free\":1,\"frag\":0,\"dedup\":1",
        "\"size\":10,\"alloc\":4.5,\"free\":1,\"frag\":0,\"dedup\":1",
        "\"size\":{},\"alloc\":[],\"free\":true,\"frag\":0,\"dedup\":1",
        "\"alloc\":4,\"free\":1,\"frag\":0,\"dedup\":1"
      })
  void spaceThatCannotBeTrueIsAbsent(String numbers) throws Exception {
    assertThat(read("{\"name\":\"tank\"," + numbers + ",\"health\":\"FAULTED\"}"))
        .containsExactly(new PoolListing("tank", PoolHealth.FAULTED, Optional.empty(), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"WEIRD\"", "\"\"", "{}"})
  void aHealthThatIsUnknownMakesTheNumbersDoubtful(String health) throws Exception {
    assertThat(
            read(
                "{\"name\":\"tank\",\"size\":10,\"alloc\":4,\"free\":6,\"frag\":0,\"dedup\":1,\"health\":"
                    + health
                    + "}"))
        .containsExactly(new PoolListing("tank", PoolHealth.UNKNOWN, Optional.empty(), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1.00\"", "\"3\"", "\"-\"", "\"374759416832\"", "12", "\"1.07x\""})
  void aNumberInPlaceOfTheHealthTellsOfABlankInTheName(String health) throws Exception {
    assertThat(
            read(
                "{\"name\":\"my\",\"size\":0,\"alloc\":498216206336,\"free\":1,\"frag\":2,\"dedup\":12,\"health\":"
                    + health
                    + "}"))
        .containsExactly(new PoolListing("my", PoolHealth.UNKNOWN, Optional.empty(), true));
  }

  @Test
  void realPoolsWithOddNamesAreRead() throws Exception {
    List<PoolListing> pools =
        PoolsReader.read(data(resource("/pve-lists/odd-names.json")), oddities::add);
    assertThat(pools)
        .extracting(PoolListing::name, PoolListing::nameTruncated)
        .containsExactlyInAnyOrder(
            tuple("NAME", false),
            tuple("ONLINE", false),
            tuple("a", true),
            tuple("errors", false),
            tuple("hdd-pool.v2:raid_1", false),
            tuple("scan:", false),
            // zpool prints "trailing ", and the split loses the blank without shifting a column.
            tuple("trailing", false),
            tuple("x", false));
    assertThat(oddities).isEmpty();
  }

  @Test
  void anOddRowDoesNotCostTheOthers() throws Exception {
    assertThat(read("17,{\"size\":1},{\"name\":\" \"},{\"name\":\"tank\",\"health\":\"ONLINE\"}"))
        .containsExactly(new PoolListing("tank", PoolHealth.ONLINE, Optional.empty(), false));
    assertThat(oddities).hasSize(3);
  }

  @Test
  void aListOfNothingButOddRowsIsMalformed() {
    assertThatThrownBy(() -> read("17,{}")).hasMessage("no row names a pool");
  }

  private List<PoolListing> read(String rows) throws MalformedException {
    return PoolsReader.read(data("{\"data\":[" + rows + "]}"), oddities::add);
  }

  private static JsonValue data(String document) throws MalformedException {
    return JsonTree.read(document.getBytes(StandardCharsets.UTF_8)).get("data");
  }

  private static String resource(String name) throws IOException {
    try (var in = PoolsReaderTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
