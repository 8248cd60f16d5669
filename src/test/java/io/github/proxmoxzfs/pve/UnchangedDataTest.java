package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnchangedDataTest {
  private static final String POOL =
      """
      {"name": "tank", "state": "ONLINE",
       "children": [{"name": "tank", "read": 0, "children": [{"name": "sda", "leaf": 1, "msg": null}]}]}
      """;

  private static final String SAME_IN_ANOTHER_ORDER =
      """
      {"state": "ONLINE",
       "children": [{"children": [{"leaf": 1, "msg": null, "name": "sda"}], "name": "tank", "read": 0}],
       "name": "tank"}
      """;

  private final UnchangedData<StringBuilder> answers = new UnchangedData<>();

  @Test
  void givesTheVerySameForTheSameDataInAnotherOrder() throws MalformedException {
    StringBuilder first = read(POOL);

    assertThat(read(SAME_IN_ANOTHER_ORDER)).isSameAs(first);
  }

  @Test
  void readsAnewWhateverChanges() throws MalformedException {
    for (String changed :
        new String[] {
          POOL.replace("ONLINE", "DEGRADED"),
          POOL.replace("\"read\": 0", "\"read\": 1"),
          POOL.replace("\"leaf\": 1", "\"leaf\": \"1\""),
          POOL.replace("\"msg\": null", "\"msg\": false"),
          POOL.replace(", \"msg\": null", ""),
          POOL.replace("}]}]}", "}, {\"name\": \"sdb\"}]}]}")
        }) {
      StringBuilder before = read(POOL);

      assertThat(read(changed)).describedAs(changed).isNotSameAs(before);
      assertThat(read(POOL)).describedAs("back from " + changed).isNotSameAs(before);
    }
  }

  @Test
  void keepsNothingOfWhatCannotBeRead() throws MalformedException {
    StringBuilder before = read(POOL);
    JsonValue broken = json("{}");

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  answers.read(
                      broken,
                      _ -> {
                        throw new MalformedException("it is empty");
                      }))
          .isInstanceOf(MalformedException.class);
    }
    assertThat(read(POOL)).isSameAs(before);
  }

  private StringBuilder read(String text) throws MalformedException {
    return answers.read(json(text), data -> new StringBuilder(data.kind()));
  }

  private static JsonValue json(String text) throws MalformedException {
    return JsonTree.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
